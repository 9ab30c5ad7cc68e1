package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"klantbot/analysis"
)

// batchRows is how many records travel together.
const batchRows = 1000

// batch is a run of records on its way to the sink.
type batch struct {
	clients    []analysis.StagedClient
	lines      []analysis.StagedLine
	hours      []analysis.StagedHours
	judgements []analysis.StagedJudgement
	touches    []analysis.StagedTouch
	responses  []analysis.StagedResponse
}

func (b *batch) full() bool {
	return len(b.clients)+len(b.lines)+len(b.hours)+len(b.judgements)+len(b.touches)+len(b.responses) >= batchRows
}

func (b *batch) reset() {
	b.clients, b.lines, b.hours, b.judgements = b.clients[:0], b.lines[:0], b.hours[:0], b.judgements[:0]
	b.touches, b.responses = b.touches[:0], b.responses[:0]
}

// batches hands batches from the goroutine that parses to the one that stores.
// Three are on their way at most, and they are used again.
type batches struct {
	*batch
	ctx  context.Context
	full chan *batch
	free chan *batch
}

// flush sends the current batch away when it is full, or always.
func (b *batches) flush(always bool) error {
	if !always && !b.batch.full() {
		return nil
	}
	select {
	case b.full <- b.batch:
	case <-b.ctx.Done():
		return b.ctx.Err()
	}
	select {
	case b.batch = <-b.free:
		b.batch.reset()
	case <-b.ctx.Done():
		return b.ctx.Err()
	}
	return nil
}

// Read reads the whole file and hands its records to sink while it reads on.
// When it fails, sink may have part of the records: it is a staging area that
// is thrown away. A cancelled ctx stops it at the next batch. It is called once.
func (f *File) Read(ctx context.Context, sink Sink) (Summary, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := &batches{ctx: ctx, full: make(chan *batch, 1), free: make(chan *batch, 3)}
	for range cap(out.free) {
		out.free <- &batch{}
	}
	out.batch = <-out.free

	s := Summary{From: analysis.NoDay, To: analysis.NoDay}
	parsed := make(chan error, 1)
	go func() {
		err := f.parse(out, &s)
		close(out.full)
		parsed <- err
	}()
	var failed error
	for b := range out.full {
		if failed == nil {
			failed = store(ctx, sink, b)
		}
		if failed != nil {
			cancel() // the parser must not wait for a sink that has stopped
		}
		out.free <- b
	}
	err := <-parsed
	if failed != nil {
		return s, failed
	}
	// A file that somebody writes to was read half old, half new.
	if !errors.Is(err, context.Canceled) && f.changed != nil {
		if changed := f.changed(); changed != nil {
			return s, changed
		}
	}
	return s, err
}

// parse reads everything. A panic is our fault, and must not take the program
// down with it from a goroutine of its own.
func (f *File) parse(out *batches, s *Summary) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("parse import: %v\n%s", p, debug.Stack())
		}
	}()
	if err := f.source.read(out, s); err != nil {
		return err
	}
	return out.flush(true)
}

func store(ctx context.Context, sink Sink, b *batch) error {
	if len(b.clients) > 0 {
		if err := sink.AddClients(ctx, b.clients); err != nil {
			return fmt.Errorf("stage clients: %w", err)
		}
	}
	if len(b.lines) > 0 {
		if err := sink.AddLines(ctx, b.lines); err != nil {
			return fmt.Errorf("stage invoice lines: %w", err)
		}
	}
	if len(b.touches) > 0 {
		to, ok := sink.(TouchSink)
		if !ok {
			return errors.New("stage touches: the sink takes none")
		}
		if err := to.AddTouches(ctx, b.touches); err != nil {
			return fmt.Errorf("stage touches: %w", err)
		}
	}
	if len(b.responses) > 0 {
		to, ok := sink.(ResponseSink)
		if !ok {
			return errors.New("stage answers: the sink takes none")
		}
		if err := to.AddResponses(ctx, b.responses); err != nil {
			return fmt.Errorf("stage answers: %w", err)
		}
	}
	return storeValue(ctx, sink, b)
}

// storeValue hands over what only a ValueSink takes.
func storeValue(ctx context.Context, sink Sink, b *batch) error {
	if len(b.hours)+len(b.judgements) == 0 {
		return nil
	}
	to, ok := sink.(ValueSink)
	if !ok {
		return errors.New("stage hours and judgements: the sink takes none")
	}
	if len(b.hours) > 0 {
		if err := to.AddHours(ctx, b.hours); err != nil {
			return fmt.Errorf("stage hours: %w", err)
		}
	}
	if len(b.judgements) > 0 {
		if err := to.AddJudgements(ctx, b.judgements); err != nil {
			return fmt.Errorf("stage judgements: %w", err)
		}
	}
	return nil
}

// readRows reads every row below the heading into records or refusals.
func (t *table) readRows(out *batches, s *Summary) error {
	t.ctx = out.ctx
	if t.problem != nil {
		return t.problem
	}
	if err := t.proveOpen(); err != nil {
		return err
	}
	rows, err := t.rows(reading)
	if err != nil {
		return err
	}
	records := t.kind.reader(t)
	t.first = true
	for {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if r.line <= t.line {
			continue
		}
		t.readRow(records, r, out.batch, s)
		if err := out.flush(false); err != nil {
			return err
		}
		if t.broken != nil {
			return t.broken
		}
	}
	if s.Read == 0 {
		return fileError("import.header_only", nil, nil)
	}
	if d, ok := rows.(interface{ warnings(*table) }); ok {
		d.warnings(t)
	}
	records.finish(s)
	s.Warnings = t.warnings()
	return nil
}

func (t *table) readRow(records recordReader, r row, b *batch, s *Summary) {
	if t.skip(r) {
		s.Skipped++
		return
	}
	if t.tooWide(r) {
		s.Read++
		s.refuse(r.line, analysis.Fail(analysis.Invalid, "import.row_cells", analysis.Args{"cells": len(r.cells), "columns": len(t.header)}))
		return
	}
	switch reason := records.read(r, b); reason {
	case nil:
		s.Read++
	case errTotals:
		s.Skipped++
	default:
		s.Read++
		s.refuse(r.line, reason)
	}
}
