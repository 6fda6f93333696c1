"""Evaluation: annotated articles and predictions in, counts and causes out; nothing here reads rules or changes them.

`records` reads both sides, `score` compares them, `blame` says why triples were lost or wrong, `rules` what each rule
brings, `calibrate` makes the table of confidences that extraction reads.
"""
