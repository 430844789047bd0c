"""Parts that all windows are put together of: editors, boxes, words, themes, screens, work in the background."""
