"""The open project as the window sees it: history, selection, saving, transport. Qt, no widgets."""
