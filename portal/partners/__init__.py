"""Partners: what they add to the common pages, and (as the room grows) leads, deals and resources."""
