package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands"
	"klantbot/commands/view"
	"klantbot/storage/sqlstore"
)

type segmentCmds struct {
	Draft    *segmentDraftCmd    `arg:"subcommand" help:"Score every relatiegroep and save the concept."`
	Show     *segmentShowCmd     `arg:"subcommand" help:"Show a segmentation; the newest when no number is given."`
	Finalize *segmentFinalizeCmd `arg:"subcommand" help:"Make the concept final: it never changes again."`
	Diff     *segmentDiffCmd     `arg:"subcommand" help:"Compare two segmentations."`
}

// segmentation opens the store and wires the use-case.
func (s *session) segmentation() (commands.Segmentation, *sqlstore.DB, error) {
	db, err := s.open(true)
	if err != nil {
		return commands.Segmentation{}, nil, err
	}
	return commands.Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}, db, nil
}

// asOperator is a request from the command line.
func (s *session) asOperator() commands.Request {
	return commands.Request{Key: "cli/" + rand.Text(), Actor: operator, Lang: s.lang, Zone: officeZone(), At: s.at}
}

type segmentDraftCmd struct{}

// Run saves a new draft and shows it.
func (c *segmentDraftCmd) Run(s *session) error {
	use, db, err := s.segmentation()
	if err != nil {
		return err
	}
	defer db.Close()
	id, err := use.Draft(s.ctx, s.asOperator())
	if err != nil {
		return err
	}
	return s.showSegmentation(use, db, id)
}

type segmentShowCmd struct {
	Version int64  `arg:"positional" help:"Its number; the newest when not given."`
	CSV     string `arg:"--csv" placeholder:"FILE" help:"Also write it as a table for a spreadsheet; the file must not be there yet."`
}

// Run shows a segmentation.
func (c *segmentShowCmd) Run(s *session) error {
	use, db, err := s.segmentation()
	if err != nil {
		return err
	}
	defer db.Close()
	if c.CSV == "" {
		return s.showSegmentation(use, db, analysis.VersionID(c.Version))
	}
	v, err := use.Show(s.ctx, operator, analysis.VersionID(c.Version))
	if err != nil {
		return err
	}
	groups, err := namesOf(s, db, v.AsOf)
	if err != nil {
		return err
	}
	if err := s.exportSegmentation(c.CSV, v, groups); err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, segmentationJSON(v, groups))
	}
	_, err = fmt.Fprintln(s.out, s.printer().T("export.done", analysis.Args{"path": c.CSV, "version": int64(v.ID), "n": len(v.Items)}))
	return err
}

// exportSegmentation writes v to a new file that only its owner may read.
func (s *session) exportSegmentation(path string, v commands.Version, groups map[analysis.GroupID]analysis.Group) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return analysis.Fail(analysis.Invalid, "export.exists", analysis.Args{"path": path})
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return view.SegmentationCSV(f, s.printer(), v.SegmentVersion, v.Items, v.Standing, v.Overrides, groups)
}

type segmentFinalizeCmd struct{}

// Run makes the draft final and shows it.
func (c *segmentFinalizeCmd) Run(s *session) error {
	use, db, err := s.segmentation()
	if err != nil {
		return err
	}
	defer db.Close()
	id, err := use.Finalize(s.ctx, s.asOperator())
	if err != nil {
		return err
	}
	return s.showSegmentation(use, db, id)
}

type segmentDiffCmd struct {
	From int64 `arg:"positional" help:"The earlier one; the final one before TO when not given."`
	To   int64 `arg:"positional" help:"The later one; the newest when not given."`
}

// Run compares.
func (c *segmentDiffCmd) Run(s *session) error {
	use, db, err := s.segmentation()
	if err != nil {
		return err
	}
	defer db.Close()
	before, after, changes, flows, err := use.Diff(s.ctx, operator, analysis.VersionID(c.From), analysis.VersionID(c.To))
	if err != nil {
		return err
	}
	if s.json {
		groups, err := namesOf(s, db, after.AsOf)
		if err != nil {
			return err
		}
		return printJSON(s.out, diffJSON(before, after, changes, flows, groups))
	}
	_, err = fmt.Fprint(s.out, view.DiffText(s.printer(), before.SegmentVersion, after.SegmentVersion, flows))
	return err
}

// namesOf reads the numbers and names of every relatiegroep.
func namesOf(s *session, db *sqlstore.DB, asOf analysis.Day) (map[analysis.GroupID]analysis.Group, error) {
	groups := map[analysis.GroupID]analysis.Group{}
	for h, err := range db.Histories(s.ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read the names of the groups: %w", err)
		}
		groups[h.ID] = h.Group
	}
	return groups, nil
}

// namesToLook reads those of the relatiegroepen that a terminal lists.
func namesToLook(s *session, db *sqlstore.DB, look []value.Attention) (map[analysis.GroupID]analysis.Group, error) {
	var ids []analysis.GroupID
	for _, a := range look[:min(len(look), view.ShownAttention)] {
		ids = append(ids, a.Group)
	}
	listed, err := db.GroupsOf(s.ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the names of the groups: %w", err)
	}
	groups := make(map[analysis.GroupID]analysis.Group, len(listed))
	for _, g := range listed {
		groups[g.ID] = g.Group
	}
	return groups, nil
}

func (s *session) showSegmentation(use commands.Segmentation, db *sqlstore.DB, id analysis.VersionID) error {
	v, err := use.Show(s.ctx, operator, id)
	if err != nil {
		return err
	}
	if s.json {
		groups, err := namesOf(s, db, v.AsOf)
		if err != nil {
			return err
		}
		return printJSON(s.out, segmentationJSON(v, groups))
	}
	groups, err := namesToLook(s, db, v.Look)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(s.out, view.SegmentationText(s.printer(), v.SegmentVersion, v.Counts(), v.Look, groups))
	return err
}

// The types below are CLI.md's promise for segment.
type (
	overrideJSON struct {
		Segment  analysis.Segment `json:"segment"`
		Reason   string           `json:"reason"`
		Author   analysis.UserID  `json:"author"`
		On       analysis.Day     `json:"on"`
		Proposed bool             `json:"proposed"`
	}
	segmentItemJSON struct {
		Number   string            `json:"number"`
		Name     string            `json:"name"`
		Value    *float64          `json:"value"`
		Coverage float64           `json:"coverage"`
		Segment  *analysis.Segment `json:"segment"`
		Override *overrideJSON     `json:"override"`
	}
	attentionJSON struct {
		Number string      `json:"number"`
		Why    []value.Why `json:"why"`
	}
	versionJSON struct {
		Version   analysis.VersionID       `json:"version"`
		State     analysis.VersionState    `json:"state"`
		AsOf      analysis.Day             `json:"as_of"`
		Counts    map[analysis.Segment]int `json:"counts"`
		Items     []segmentItemJSON        `json:"items"`
		Attention []attentionJSON          `json:"attention"`
	}
)

func segmentationJSON(v commands.Version, groups map[analysis.GroupID]analysis.Group) versionJSON {
	j := versionJSON{Version: v.ID, State: v.State, AsOf: v.AsOf, Counts: v.Counts(), Items: []segmentItemJSON{}, Attention: []attentionJSON{}}
	overrides := map[analysis.GroupID]analysis.Override{}
	for _, o := range v.Overrides {
		overrides[o.Group] = o
	}
	for _, i := range v.Items {
		item := segmentItemJSON{Number: groups[i.Group].Number, Name: groups[i.Group].Name, Coverage: i.Coverage}
		if i.Segment != "" {
			item.Value = &i.Score
		}
		if standing, ok := v.Standing[i.Group]; ok {
			item.Segment = &standing
		}
		if o, ok := overrides[i.Group]; ok {
			item.Override = &overrideJSON{o.Segment, o.Reason, o.By, analysis.DayOf(o.At.In(officeZone())), o.Proposed}
		}
		j.Items = append(j.Items, item)
	}
	for _, a := range v.Look {
		j.Attention = append(j.Attention, attentionJSON{groups[a.Group].Number, a.Why})
	}
	return j
}

func diffJSON(before, after commands.Version, changes []value.Change, flows []value.Flow[analysis.Segment], groups map[analysis.GroupID]analysis.Group) map[string]any {
	changed := make([]map[string]any, len(changes))
	for i, c := range changes {
		changed[i] = map[string]any{"number": groups[c.Group].Number, "name": groups[c.Group].Name, "from": c.From, "to": c.To}
	}
	moved := make([]map[string]any, len(flows))
	for i, f := range flows {
		moved[i] = map[string]any{"from": f.From, "to": f.To, "groups": f.Groups}
	}
	return map[string]any{"version": after.ID, "before": before.ID, "state": after.State, "as_of": after.AsOf,
		"counts": after.Counts(), "items": changed, "flows": moved, "attention": []any{}}
}
