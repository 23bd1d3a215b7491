"""Pages of imports: the list, the upload, how a file is read, the preview, the progress and the result."""
