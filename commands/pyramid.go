package commands

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/chart"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// pyramidLetter is the kind of ledger entry that posts the office's pyramid as
// a picture.
const pyramidLetter = "pyramid.office"

// Pyramid answers /piramide: how revenue is spread over the relatiegroepen.
type Pyramid struct {
	Portfolio storage.Portfolio
	Segments  storage.Segments
	Managers  storage.Managers
	Roster    storage.Roster
	Market    *Market // says the client types; nil: nobody has one
	Ratings   Ratings // nil: nobody was asked yet
	Store     storage.Writer
	// Now is wall time: when the ledger may send.
	Now func() time.Time
}

// scope is whose pyramid it is: the office's when it is empty.
type scope struct {
	manager analysis.ManagerID
	kind    string // soort klant, in lower case
	title   string // as people read it; empty for the office
}

func (s scope) office() bool { return s.manager == 0 && s.kind == "" }

func (s scope) holds(h analysis.GroupHistory) bool {
	return (s.manager == 0 || h.Manager == s.manager || h.Partner == s.manager) &&
		(s.kind == "" || strings.EqualFold(h.Kind, s.kind))
}

// Show answers /piramide [kantoor|mij|e-mail of a manager|soort klant|matrix|
// klanttypen].
func (c Pyramid) Show(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	typed := clean(req.Text)
	if strings.EqualFold(typed, "help") {
		return Say(view.Say(p.T("pyramid.help", nil))), nil
	}
	switch strings.ToLower(typed) {
	case "matrix", "waardematrix":
		return c.matrix(ctx, req)
	case "klanttypen", "klanttype", "typen", "types", "client types", "strategie", "strategy":
		return c.types(ctx, req)
	}
	s, err := c.scope(ctx, req.Actor, typed)
	if err != nil {
		return Reply{}, err
	}
	figures, err := c.figures(ctx, req.Actor, s, req.today())
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "pyramid.show"}); err != nil {
		return Reply{}, err
	}
	actions := pictures(req, "office", s.office() && figures.Groups > 0)
	actions.Others = s.office() && figures.Groups > 0
	actions.Moved = figures.Migration != nil && len(figures.Migration.Moved) > 0
	return Say(view.PyramidMessage(p, figures, actions)), nil
}

// Open answers the buttons between the pyramid, the matrix and the client types;
// its value is what /piramide could be told.
func (c Pyramid) Open(ctx context.Context, req Request) (Reply, error) {
	if req.Text = req.Value; !slices.Contains([]string{"office", "matrix", "types"}, req.Text) {
		req.Text = ""
	}
	return c.Show(ctx, req)
}

// pictures are the buttons for the picture of what, where there is one.
func pictures(req Request, what string, there bool) view.PyramidActions {
	actions := view.PyramidActions{Picture: there, What: what}
	if there && shareable(req.Channel) && req.Channel.Member {
		actions.Share = req.Channel.Name
	}
	return actions
}

// scope reads what was typed after the command.
func (c Pyramid) scope(ctx context.Context, actor analysis.Actor, typed string) (scope, error) {
	switch strings.ToLower(typed) {
	case "", "kantoor", "office":
		return scope{}, nil
	case "mij", "mijn", "ik", "me", "mine":
		if actor.Manager == 0 {
			return scope{}, analysis.Fail(analysis.Invalid, "pyramid.no_portfolio", nil)
		}
		m, err := c.Managers.Manager(ctx, actor.Manager)
		if err != nil {
			return scope{}, fmt.Errorf("read the own manager: %w", err)
		}
		return scope{manager: m.ID, title: nameOf(m)}, nil
	}
	if strings.Contains(typed, "@") {
		m, err := c.Managers.ManagerByEmail(ctx, strings.TrimPrefix(typed, "@"))
		if err != nil && analysis.KindOf(err) == analysis.NotFound {
			return scope{}, analysis.Fail(analysis.Invalid, "pyramid.unknown_scope", analysis.Args{"typed": typed})
		}
		return scope{manager: m.ID, title: nameOf(m)}, err
	}
	return scope{kind: strings.ToLower(typed), title: typed}, nil
}

func nameOf(m analysis.Manager) string {
	if m.Name == "" {
		return m.Email
	}
	return m.Name
}

// figures reads and counts a scope. Amounts of the whole office or of others'
// portfolios are for whoever may see any client.
func (c Pyramid) figures(ctx context.Context, actor analysis.Actor, s scope, asOf analysis.Day) (view.PyramidFigures, error) {
	f := view.PyramidFigures{Scope: s.title, AsOf: asOf}
	if !analysis.Allow(actor, analysis.ViewOffice, analysis.Subject{Manager: s.manager}) {
		return f, refuse()
	}
	var yearly []value.Yearly
	var status []analysis.ClientStatus
	var now []analysis.SegmentItem
	for h, err := range c.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return f, fmt.Errorf("read the portfolio: %w", err)
		}
		if !s.holds(h) {
			continue
		}
		y := value.YearlyRevenue(h.Months, asOf)
		yearly, status = append(yearly, y), append(status, h.Status)
		now = append(now, analysis.SegmentItem{Group: h.ID, Yearly: y.Amount, Known: y.Known})
	}
	if len(yearly) == 0 && !s.office() {
		return f, analysis.Fail(analysis.Invalid, "pyramid.unknown_scope", analysis.Args{"typed": s.title})
	}
	f.Pyramid = value.NewPyramid(yearly, value.LayersOf(yearly, status))
	return f, c.compare(ctx, &f, s, now)
}

// compare adds who moved since the last final segmentation. Only the whole
// office is compared: a portfolio changes hands.
func (c Pyramid) compare(ctx context.Context, f *view.PyramidFigures, s scope, now []analysis.SegmentItem) error {
	if !s.office() {
		return nil
	}
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return fmt.Errorf("read the segmentations: %w", err)
	}
	for _, v := range versions {
		if v.State != analysis.Final {
			continue
		}
		before, err := c.Segments.Items(ctx, v.ID)
		if err != nil {
			return fmt.Errorf("read segmentation %d: %w", v.ID, err)
		}
		migration := value.Migrate(before, now)
		f.Since, f.Migration, f.Amounts = v, &migration, map[analysis.GroupID]analysis.Cents{}
		for _, items := range [][]analysis.SegmentItem{before, now} {
			for _, i := range items {
				if i.Yearly > 0 {
					f.Amounts[i.Group] = i.Yearly // today's where there is one
				}
			}
		}
		return nil
	}
	return nil
}

// Office returns the figures of the whole office, for the command line.
func (c Pyramid) Office(ctx context.Context, actor analysis.Actor, asOf analysis.Day) (view.PyramidFigures, error) {
	return c.figures(ctx, actor, scope{}, asOf)
}

// Send answers "Stuur mij het plaatje": it comes as a direct message, for Slack
// shows no picture to one person alone in a channel.
func (c Pyramid) Send(ctx context.Context, req Request) (Reply, error) {
	return c.post(ctx, req, storage.LedgerEntry{User: req.Actor.User, Lang: string(req.Lang)}, "pyramid.sent")
}

// Share answers "Deel in kanaal": the picture goes where everybody in the
// channel sees it.
func (c Pyramid) Share(ctx context.Context, req Request) (Reply, error) {
	if !shareable(req.Channel) || !req.Channel.Member {
		return Reply{}, analysis.Fail(analysis.Invalid, "client.share.invite", analysis.Args{"channel": req.Channel.Name})
	}
	return c.post(ctx, req, storage.LedgerEntry{Channel: req.Channel.ID, Lang: string(locale.Dutch)}, "pyramid.shared")
}

func (c Pyramid) post(ctx context.Context, req Request, e storage.LedgerEntry, said string) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ViewOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	e.Key, e.Kind, e.Author, e.At, e.Due = "pyramid/"+req.Key, letterOf(req.Value), req.Actor.User, req.At, c.Now()
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: said, Channel: e.Channel, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the picture: %w", err)
	}
	m := view.Say(locale.New(req.Lang, req.Zone).T(said, analysis.Args{"channel": req.Channel.Name}))
	return Reply{Now: &m, Beside: true}, nil
}

// letterOf is the kind of letter with the picture that a button names.
func letterOf(what string) string {
	switch what {
	case "matrix":
		return matrixLetter
	case "types":
		return typesLetter
	}
	return pyramidLetter
}

// Letter draws the office's pyramid when it is sent.
func (c Pyramid) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	f, err := c.Office(ctx, operatorOf(e), Request{At: e.At}.today())
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	layers, options := drawn(p, f)
	m := view.PyramidMessage(p, f, view.PyramidActions{})
	return pictured(m, fmt.Sprintf("piramide-%s", f.AsOf), chart.PyramidText(p, layers, options),
		func(w io.Writer) error { return chart.Pyramid(w, p, layers, options) })
}

// pictured returns m with the picture that draw writes, named for whoever keeps
// it; alt says the same in words.
func pictured(m view.Message, name, alt string, draw func(w io.Writer) error) (view.Message, error) {
	var png bytes.Buffer
	if err := draw(&png); err != nil {
		return view.Message{}, fmt.Errorf("draw %s: %w", name, err)
	}
	m.Picture = &view.Picture{Name: name + ".png", Alt: alt, PNG: png.Bytes()}
	return m, nil
}

// operatorOf is who renders a letter: it was authorized when it was queued.
func operatorOf(e storage.LedgerEntry) analysis.Actor {
	return analysis.Actor{User: e.Author, Roles: analysis.RolesOf(analysis.Operator)}
}

// drawn is what the picture is made of. chart takes shares as fractions.
func drawn(p *locale.Printer, f view.PyramidFigures) ([]chart.PyramidLayer, chart.Options) {
	var layers []chart.PyramidLayer
	for _, l := range f.Layers {
		if l.Groups == 0 && (!l.Layer.Earns() || l.Nominal == 0) {
			continue
		}
		layers = append(layers, chart.PyramidLayer{Name: p.T("layer."+string(l.Layer), nil), Groups: l.Groups,
			ShareGroups: l.ShareGroups / 100, Nominal: l.Nominal / 100, Revenue: l.Revenue,
			ShareRevenue: l.ShareRevenue / 100, Base: !l.Layer.Earns()})
	}
	return layers, chart.Options{Scope: f.Scope, AsOf: f.AsOf}
}
