"""The fixed cast of all tests: the name alone tells what a person may do.

An and Bình are citizens; Chi takes in at the desk, Dũng processes, Giang signs, Khánh numbers and seals;
Hoa works elsewhere.
"""
