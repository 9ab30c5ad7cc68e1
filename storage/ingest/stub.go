package ingest

func openWorkbook(c *container, o Options, d *Detected) (source, error) { return nil, nil }
func oleError(c *container) error                                       { return nil }
