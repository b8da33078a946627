"""What several rules need to know of a document: functions of the document, for `Document.once`."""
