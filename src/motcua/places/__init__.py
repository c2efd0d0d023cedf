"""Administrative units (đơn vị hành chính) and how their names are typed; the state's list lies in `data/`.

Not the agencies that govern them (`agencies`), nor the addresses of people, which are answers of forms.
"""
