"""What citizens and organisations do as themselves: their account, handing in, paying, following, correcting."""
