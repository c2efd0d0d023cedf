"""The National portal (Cổng Dịch vụ công Quốc gia): logging in through it, and having it confirm what is handed in.

OpenID Connect with PKCE (docs/integrator/national-portal.md). `provider` knows where the portal is and its keys,
`tokens` judges what it signs, `client` speaks with it, `claims` reads what it says of a person, `confirm` asks it to
confirm. All of it talks over the network: never call it inside a transaction.
"""
