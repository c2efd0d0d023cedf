"""What anybody may see without logging in: the catalogue and its search, guides, look-up, figures; and what other
systems call (notices of VNPAY, the post, Zalo).
"""
