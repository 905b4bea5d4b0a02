"""The page of posted results, a module for each section.

page                       the view of it
flow, baseline, outcomes, events
                           who took part, as they were, what was measured, what went wrong
tables, measures           groups as columns, things counted as rows
"""
