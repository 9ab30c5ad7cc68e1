package sqlstore

import (
	"cmp"
	"iter"

	"klantbot/analysis"
)

// encodeClient appends c such that clients order by number and, where that is
// equal, as in the file, but rows without a name after those that have one:
// those only add a contact person. seq is its place in the file.
func encodeClient(b []byte, c *analysis.StagedClient, seq int64) []byte {
	b = putText(b, text(c.Number))
	if c.Name == "" {
		seq += nameless
	}
	b = putInt(b, seq)
	b = putInt(b, int64(c.Line))
	for _, s := range staged(c) {
		b = putText(b, text(*s))
	}
	b = putText(putText(b, string(c.Status)), string(c.Audit))
	b = putInt(putInt(putInt(putFloat(b, c.FTE), int64(c.Balance)), int64(c.Elsewhere)), bit(c.Objects))
	return putInt32(putInt32(b, int32(c.Since)), int32(c.Until))
}

// nameless is beyond any place in a file.
const nameless = 1 << 60

// decodeClient reads what encodeClient wrote.
func decodeClient(r record) analysis.StagedClient {
	var c analysis.StagedClient
	c.Number = r.text()
	r.int() // the place in the file
	c.Line = int(r.int())
	for _, s := range staged(&c) {
		*s = r.text()
	}
	c.Status, c.Audit = analysis.ClientStatus(r.text()), analysis.Audit(r.text())
	c.FTE, c.Balance, c.Elsewhere = r.float(), analysis.Cents(r.int()), analysis.Cents(r.int())
	c.Objects = r.int() != 0
	c.Since, c.Until = analysis.Day(r.int32()), analysis.Day(r.int32())
	return c
}

// staged returns the texts of c other than its number.
func staged(c *analysis.StagedClient) [19]*string {
	return [...]*string{&c.Debtor, &c.Name, &c.KVK, &c.VAT, &c.Email, &c.Kind, &c.SBI, &c.Stage, &c.Market, &c.Referrer,
		&c.GroupName, &c.ManagerEmail, &c.ManagerName, &c.PartnerEmail, &c.PartnerName,
		&c.ContactName, &c.ContactRole, &c.ContactEmail, &c.ContactPhone}
}

// stagedClients yields the staged clients by number.
func (s *staging) stagedClients() iter.Seq2[*analysis.StagedClient, error] {
	return func(yield func(*analysis.StagedClient, error) bool) {
		for rec, err := range s.clients.all() {
			if err != nil {
				yield(nil, err)
				return
			}
			c := decodeClient(rec)
			if !yield(&c, nil) {
				return
			}
		}
	}
}

// overlay returns known with what c says; what c leaves empty stays.
func overlay(known analysis.Client, c *analysis.StagedClient) analysis.Client {
	k := &known
	for _, f := range [...]struct {
		to   *string
		from string
	}{
		{&k.Debtor, c.Debtor}, {&k.Name, c.Name}, {&k.KVK, c.KVK}, {&k.VAT, c.VAT}, {&k.Email, c.Email},
		{&k.Kind, c.Kind}, {&k.SBI, c.SBI}, {&k.Stage, c.Stage}, {&k.Market, c.Market}, {&k.Referrer, c.Referrer},
	} {
		*f.to = cmp.Or(f.from, *f.to)
	}
	k.Status, k.Audit = cmp.Or(c.Status, k.Status), cmp.Or(c.Audit, k.Audit)
	if c.FTE >= 0 {
		k.FTE = c.FTE
	}
	if c.Balance >= 0 {
		k.Balance = c.Balance
	}
	if c.Elsewhere >= 0 {
		k.Elsewhere = c.Elsewhere
	}
	if c.Since.Known() {
		k.Since = c.Since
	}
	if c.Until.Known() {
		k.Until = c.Until
	}
	return known
}

// addsContactOnly reports whether c, a later row with the number of first, says
// nothing else about the client than first does. Lists often repeat a client
// for each of its contact persons, whole or with the other cells empty.
func addsContactOnly(first, c *analysis.StagedClient) bool {
	whole := *first
	whole.Client = overlay(first.Client, c)
	for _, f := range [...]struct{ first, more string }{
		{first.GroupName, c.GroupName}, {first.ManagerEmail, c.ManagerEmail}, {first.PartnerEmail, c.PartnerEmail},
	} {
		if f.more != "" && f.more != f.first {
			return false
		}
	}
	return whole.Client == first.Client
}
