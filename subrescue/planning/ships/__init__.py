"""Ships of a plan: where they are, what they can take, where and how long they are fitted out, how fast they come."""
