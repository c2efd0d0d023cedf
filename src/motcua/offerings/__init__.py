"""What an agency offers online for a procedure (dịch vụ công trực tuyến): level, form, process, channels, limits.

Published as versions that never change, at a level that is checked. The procedure's record itself is in `procedures`.
"""
