"""Pictures of the window in its main states, made by `python -m tests.pictures`, and laws over what they show."""
