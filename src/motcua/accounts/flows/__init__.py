"""What takes several pages: registering, logging in, a forgotten password, a new phone.

What was begun is kept in the person's session, on the server; each flow says what its next step needs and refuses
what comes out of order. The pages are the web's; the acts are the services'.
"""
