"""A demo post: takes orders, tells where parcels are, and has a page on which somebody is the postman.

    POST /api/getToken · /api/postOrder · /api/cancelOrder · /api/getOrderTracking   as docs/integrator/post.md says
    GET  /                    all parcels; POST /viec what the postman does next, and how the notice of it behaves
    POST /control             for tests: {"down": true, "mute": true, "refuse": "…", "times": 3, "pause": 0,
                              "tries": 1}; {} sets all right again
    GET  /got                 every parcel with all that was said of it, and the answers that the notices got

It reads and signs with code of its own: two sides that made the same mistake would understand each other.
"""
