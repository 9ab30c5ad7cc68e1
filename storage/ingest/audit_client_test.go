package ingest

import (
	"testing"

	"klantbot/analysis"
)

// TestAuditClients: the column that says whom the office audits is known by its
// Dutch names, says yes and no in an office's words, and refuses what is neither.
func TestAuditClients(t *testing.T) {
	for header, field := range map[string]string{"Controleklant": "audit", "Wettelijke controle": "audit", "controleplichtig": "audit", "Audit client": "audit"} {
		text := "Klantnummer;Naam;" + header + "\r\n1;Een;Ja\r\n2;Twee;nee\r\n3;Drie;\r\n4;Vier;samenstel\r\n5;Vijf;Wettelijk\r\n6;Zes;misschien\r\n"
		s, got, d, err := take(t, "klanten.csv", []byte(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d.Columns[field] != header {
			t.Errorf("%s is taken for %v", header, d.Columns)
		}
		want := []analysis.Audit{analysis.Audited, analysis.NotAudited, "", analysis.NotAudited, analysis.Audited}
		for i, c := range got.clients {
			if i >= len(want) || c.Audit != want[i] {
				t.Errorf("%s: client %s is %q", header, c.Number, c.Audit)
			}
		}
		if len(got.clients) != len(want) || s.RefusedCount != 1 || s.Refused[0].Reason.Key != "import.audit_unknown" {
			t.Errorf("%s: took %d, refused %v", header, len(got.clients), s.Refused)
		}
	}
}
