"""Published data sets, with the place each was published in."""

# R's `sleep` (Cushny and Peebles 1905, in Student, Biometrika 6 (1908) 20): hours of sleep gained by ten
# patients with each of two drugs.
SLEEP_FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

# The first example of R's help page of `wilcox.test`: Hollander and Wolfe, Nonparametric Statistical Methods
# (1973) 29; a scale of depression in nine patients at the first and second visit.
DEPRESSION_FIRST = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
DEPRESSION_SECOND = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]

# C. Darwin, The Effects of Cross and Self Fertilisation (1876), as in R. A. Fisher, The Design of Experiments (1935)
# chapter 3: fifteen pairs of maize plants, crossed less self-fertilised, in eighths of an inch.
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]

# R's MASS, `anorexia`, family treatment (Hand et al., A Handbook of Small Data Sets (1993) 285): weight in pounds.
WEIGHT_BEFORE = [
    83.8, 83.3, 86.0, 82.5, 86.7, 79.6, 76.9, 94.2, 73.4, 80.5, 81.6, 82.1, 77.6, 83.5, 89.9, 86.0, 87.3,
]  # fmt: skip
WEIGHT_AFTER = [
    95.2, 94.3, 91.5, 91.9, 100.3, 76.7, 76.8, 101.6, 94.9, 75.2, 77.8, 95.5, 90.7, 92.5, 93.8, 91.7, 98.0,
]  # fmt: skip

# stats.stackexchange.com/questions/613310, with R's output in the answer: nineteen pairs with tied changes.
TIED_FIRST = [
    37.14, 34.69, 65.52, 40.56, 41.32, 39.34, 43.95, 44.26, 35.28, 37.12,
    37.82, 34.71, 34.08, 33.08, 36.89, 41.38, 39.29, 41.62, 39.36,
]  # fmt: skip
TIED_SECOND = [
    33.21, 31.25, 43.73, 38.26, 41.72, 38.14, 41.07, 39.49, 28.50, 32.40,
    35.87, 33.79, 30.49, 36.29, 33.18, 37.70, 33.86, 39.21, 35.43,
]  # fmt: skip

# K. L. Wuensch, East Carolina University, core.ecu.edu/wuenschk/StatHelp/KR20.txt: ten students, ten items.
QUIZ = [
    [1, 1, 1, 1, 1, 1, 0, 1, 1, 0],
    [1, 0, 1, 1, 0, 1, 1, 1, 0, 1],
    [1, 1, 1, 1, 0, 1, 1, 0, 0, 1],
    [0, 0, 1, 0, 0, 0, 1, 0, 0, 0],
    [0, 0, 0, 0, 0, 1, 0, 0, 1, 0],
    [1, 1, 1, 0, 1, 1, 1, 1, 1, 1],
    [1, 1, 0, 1, 1, 1, 0, 1, 1, 1],
    [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
    [0, 1, 0, 1, 1, 1, 1, 1, 0, 1],
    [1, 1, 0, 1, 1, 0, 1, 1, 1, 0],
]

# Law School Admission Test, section 6: R. D. Bock and M. Lieberman, Psychometrika 35 (1970) 179-197, the table
# of response patterns as kept in R's psych (`bock.table`, column Ob6): a thousand persons, five items.
_PATTERNS = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01010": 0, "01011": 16, "01100": 0, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80,
    "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28,
    "11111": 298,
}  # fmt: skip
LSAT = [[int(mark) for mark in pattern] for pattern, n in _PATTERNS.items() for _ in range(n)]
