package ingest

type AuditFile struct{}

func openAudit(c *container, head []byte, o Options, d *Detected) (source, error) { return nil, nil }
func openWorkbook(c *container, o Options, d *Detected) (source, error)           { return nil, nil }
func oleError(c *container) error                                                 { return nil }
