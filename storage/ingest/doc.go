// Package ingest reads the files an office really has - client lists and
// invoice lines as CSV or XLSX, audit files as XAF - into staged records and
// refused rows. It knows no SQL and no Slack, and decides nothing about what
// is already in the store.
//
// A file is opened from an io.ReaderAt, because what was detected on its first
// pages sometimes has to be proven on all of them, and because files also
// arrive through Slack. Memory is bounded whatever the file: one row of at most
// a mebibyte, one batch of records, of a workbook the texts its cells share, and
// of an audit file its relations and ledger accounts.
//
// From the outside in: container (what the bytes are), encoding and csvReader,
// or workbook (spreadsheet: its parts; sheetRows: its rows), or xmlReader;
// header (which row, which columns); column (how a column writes amounts, dates
// and numbers); recordReader (a kind's rows to records); auditReader (an audit
// file's transactions to revenue).
//
// Every failure, refusal and warning a person may read is an *analysis.Error
// whose key starts with "import."; testdata/sentences.json words them all.
package ingest
