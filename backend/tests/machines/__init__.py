"""State machines: what people do in any order, against a model that shares no code with us.

Each machine keeps a naive model in memory, predicts what every step comes to, and compares the
database with it after each step. `ENGINE_PROOFS=full` makes the runs long.
"""
