"""What tests before and after a course say, and what they do not.

Pure functions over plain sequences: nothing here knows of persons or of a database. A figure that the
data do not give is a `Reason`, never an exception and never a number that looks like one. SciPy is
imported inside the functions that need it: loading it costs a second and 90 MB, and most processes of
a server never ask.
"""
