package ingest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"klantbot/analysis"
)

// writeAudit writes an audit file of about size bytes: sales of three lines
// each, by 2,000 relations.
func writeAudit(t testing.TB, path string, size int64) (transactions int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	written := int64(0)
	put := func(format string, args ...any) {
		n, _ := fmt.Fprintf(w, format, args...)
		written += int64(n)
	}
	put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<auditfile xmlns=\"http://www.auditfiles.nl/XAF/3.2\">\n <header>\n  <fiscalYear>2025</fiscalYear>\n  <startDate>2025-01-01</startDate>\n  <endDate>2025-12-31</endDate>\n  <curCode>EUR</curCode>\n </header>\n <company>\n  <customersSuppliers>\n")
	for i := range 2000 {
		put("   <customerSupplier>\n    <custSupID>%d</custSupID>\n    <custSupName>Bakkerij &amp; Zn. %d B.V.</custSupName>\n    <custSupTp>C</custSupTp>\n   </customerSupplier>\n", 1000+i, i)
	}
	put("  </customersSuppliers>\n  <generalLedger>\n   <ledgerAccount><accID>1300</accID><accDesc>Debiteuren</accDesc><accTp>B</accTp></ledgerAccount>\n   <ledgerAccount><accID>1500</accID><accDesc>BTW</accDesc><accTp>B</accTp></ledgerAccount>\n   <ledgerAccount><accID>8000</accID><accDesc>Omzet</accDesc><accTp>P</accTp></ledgerAccount>\n  </generalLedger>\n  <transactions>\n   <journal>\n    <jrnID>70</jrnID>\n    <desc>Verkoop</desc>\n    <jrnTp>S</jrnTp>\n")
	line := func(i, nr, acc int, amount, side, cust string) {
		put("     <trLine>\n      <nr>%d</nr>\n      <accID>%d</accID>\n      <docRef>%d</docRef>\n      <effDate>2025-06-30</effDate>\n      <desc>Samenstellen jaarrekening %d</desc>\n      <amnt>%s</amnt>\n      <amntTp>%s</amntTp>\n%s     </trLine>\n", nr, acc, i, i, amount, side, cust)
	}
	for written < size {
		i := transactions
		transactions++
		put("    <transaction>\n     <nr>%d</nr>\n     <desc>Factuur %d</desc>\n     <periodNumber>6</periodNumber>\n     <trDt>2025-06-30</trDt>\n", i, i)
		line(i, 1, 1300, "121.00", "D", fmt.Sprintf("      <custSupID>%d</custSupID>\n      <invRef>F%d</invRef>\n", 1000+i%2000, i))
		line(i, 2, 8000, "100.00", "C", "")
		line(i, 3, 1500, "21.00", "C", "")
		put("    </transaction>\n")
	}
	put("   </journal>\n  </transactions>\n </company>\n</auditfile>\n")
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return transactions
}

// discard is a sink that only counts.
type discard struct{ lines int }

func (d *discard) AddClients(context.Context, []analysis.StagedClient) error { return nil }
func (d *discard) AddLines(_ context.Context, rows []analysis.StagedLine) error {
	d.lines += len(rows)
	return nil
}

// BenchmarkAuditFile reads a generated audit file of KLANTBOT_XAF_MB mebibytes
// (32), and reports how many times longer it takes than `xmllint --stream
// --noout` of the same file where that is installed.
func BenchmarkAuditFile(b *testing.B) {
	mb, _ := strconv.Atoi(os.Getenv("KLANTBOT_XAF_MB"))
	if mb == 0 {
		mb = 32
	}
	path := filepath.Join(b.TempDir(), "audit.xaf")
	transactions := writeAudit(b, path, int64(mb)<<20)
	b.SetBytes(int64(mb) << 20)
	for b.Loop() {
		f, err := Open(path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		var sink discard
		s, err := f.Read(b.Context(), &sink)
		if err != nil || sink.lines != transactions || s.AuditFile.Revenue != analysis.Cents(transactions)*10000 {
			b.Fatalf("%d lines of %d: %v", sink.lines, transactions, err)
		}
		f.Close()
	}
	b.StopTimer()
	perRun := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(peakRSS(), "peak-RSS-MB")
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		b.Log("xmllint is not installed: no ratio")
		return
	}
	start := time.Now()
	if out, err := exec.Command(lint, "--stream", "--noout", path).CombinedOutput(); err != nil {
		b.Fatalf("xmllint: %v %s", err, out)
	}
	b.ReportMetric(float64(perRun)/float64(time.Since(start)), "x-xmllint")
}

// peakRSS returns the most memory this test program has held, in megabytes; 0
// where the system does not tell.
func peakRSS() float64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var kb float64
		if n, _ := fmt.Sscanf(s.Text(), "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1000
		}
	}
	return 0
}

// BenchmarkOnlineRetail reads 541,909 invoice lines from a compressed CSV file
// whose number column has to be proven first.
func BenchmarkOnlineRetail(b *testing.B) {
	path := shared(b, "uci-retail/online_retail.csv.gz")
	for b.Loop() {
		f, err := Open(path, Options{Map: retailMap})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.Read(b.Context(), &discard{}); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
	b.ReportMetric(541909*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
