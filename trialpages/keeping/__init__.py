"""What is kept current: what is wished for, what is here, what is newer at a registry.

wishes    content/queries.yaml, in the terms of the registries
"""
