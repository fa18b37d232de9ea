"""Each rule in small cases where it makes the best plan worse: solver and enumeration agree.

`binds` asks for three things at once: the enumeration's optimum is another one without the rule
(or with the limiting datum relaxed), and the optimiser proves both.
"""
