package commands

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Settings answers *Instellen* and /klantbot weekbericht: the form in which
// somebody chooses when their digest comes, how long it is, whether it stops,
// and who stands in while they are away.
func (d Digest) Settings(ctx context.Context, req Request) (Reply, error) {
	c, err := d.choice(ctx, req.Actor.User)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	shown := view.DigestChoice{Weekday: c.Weekday, Minute: c.Minute, Shown: c.Shown, Stopped: c.Stopped, Version: c.Version, Zone: p.Zone().String()}
	away, err := d.away(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if away.ID != 0 {
		deputy, err := d.nameOf(ctx, away.Deputy)
		if err != nil {
			return Reply{}, err
		}
		if deputy == "" {
			deputy = p.T("word.nobody", nil)
		}
		shown.Away = p.T("digest.away_known", analysis.Args{"from": away.From, "to": away.To, "deputy": deputy})
	}
	return Show(view.DigestForm(p, shown)), nil
}

// choice is what user chose, or what everybody begins with.
func (d Digest) choice(ctx context.Context, user analysis.UserID) (storage.DigestChoice, error) {
	c, err := d.Choices.Digest(ctx, user)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return storage.DefaultDigest(user), nil
	}
	if err != nil {
		return c, fmt.Errorf("read the choice of a digest: %w", err)
	}
	return c, nil
}

// farthestAbsence is how far ahead an absence is looked for, in days.
const farthestAbsence = 366

// away is the absence of the actor that is on or to come; without an ID there is
// none.
func (d Digest) away(ctx context.Context, req Request) (found storage.Absence, err error) {
	if req.Actor.Manager == 0 {
		return found, nil
	}
	all, err := d.Week.Absences.Absences(ctx, req.today(), req.today()+farthestAbsence)
	if err != nil {
		return found, fmt.Errorf("read who is away: %w", err)
	}
	for _, a := range all {
		if a.Manager == req.Actor.Manager {
			found = a // the later written counts
		}
	}
	return found, nil
}

// ValidateChoice checks that form.
func (d Digest) ValidateChoice(ctx context.Context, req Request) (map[string]string, error) {
	p, wrong := locale.New(req.Lang, req.Zone), map[string]string{}
	if _, err := chosenDigest(req); err != nil {
		wrong[view.FieldTime] = p.T("storage.digest.when", nil)
	}
	from, to, given := absenceOf(req)
	switch {
	case !given:
	case req.Actor.Manager == 0:
		wrong[view.FieldAway] = p.T("digest.away_no_manager", nil)
	case !from.Known() || !to.Known() || to < from || to < req.today() || to > req.today()+farthestAbsence:
		wrong[view.FieldBack] = p.T("digest.away_days", nil)
	case req.Fields[view.FieldDeputy] != "":
		if _, _, err := d.heir(ctx, deputyRequest(req)); err != nil {
			if analysis.KindOf(err) != analysis.Invalid {
				return nil, err
			}
			wrong[view.FieldDeputy] = sentence(p, err)
		}
	}
	return wrong, nil
}

// deputyRequest asks the same of a deputy as of a colleague who takes something
// over.
func deputyRequest(req Request) Request {
	req.Fields = map[string]string{view.FieldColleague: req.Fields[view.FieldDeputy]}
	return req
}

// absenceOf reads the days of that form; given: any of it was filled in.
func absenceOf(req Request) (from, to analysis.Day, given bool) {
	from, _ = analysis.ParseDay(req.Fields[view.FieldAway])
	to, _ = analysis.ParseDay(req.Fields[view.FieldBack])
	return from, to, req.Fields[view.FieldAway] != "" || req.Fields[view.FieldBack] != "" || req.Fields[view.FieldDeputy] != ""
}

// chosenDigest reads the choice of that form.
func chosenDigest(req Request) (storage.DigestChoice, error) {
	c := storage.DigestChoice{User: req.Actor.User, Stopped: req.Fields[view.FieldStop] != "", At: req.At}
	var err error
	if c.Version, err = strconv.Atoi(req.Private); err != nil {
		return c, err
	}
	if c.Weekday, err = strconv.Atoi(req.Fields[view.FieldWeekday]); err != nil {
		return c, err
	}
	if c.Shown, err = strconv.Atoi(req.Fields[view.FieldCount]); err != nil || c.Shown < 0 || c.Shown > mostRows {
		return c, analysis.Fail(analysis.Invalid, "storage.digest.when", nil)
	}
	at, err := time.Parse("15:04", req.Fields[view.FieldTime])
	c.Minute = at.Hour()*60 + at.Minute()
	return c, err
}

// Choose answers that form.
func (d Digest) Choose(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := d.ValidateChoice(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	choice, err := chosenDigest(req)
	if err != nil {
		return Reply{}, err
	}
	absence := storage.Absence{Manager: req.Actor.Manager, By: req.Actor.User, At: req.At}
	from, to, given := absenceOf(req)
	if absence.From, absence.To = from, to; req.Fields[view.FieldDeputy] != "" {
		_, deputy, err := d.heir(ctx, deputyRequest(req))
		if err != nil {
			return Reply{}, err
		}
		absence.Deputy = deputy.ID
	}
	err = d.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "digest.choose", Request: req.Key}); err != nil {
			return err
		}
		if err := tx.ChooseDigest(ctx, choice); err != nil || !given {
			return err
		}
		_, err := tx.AddAbsence(ctx, absence)
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("choose a digest: %w", err)
	}
	p := locale.New(req.Lang, req.Zone)
	if choice.Stopped {
		return Say(view.Say(p.T("digest.stopped", nil))), nil
	}
	return Say(view.Say(p.T("digest.chosen", analysis.Args{"day": p.T("digest.day."+strconv.Itoa(choice.Weekday), nil),
		"time": fmt.Sprintf("%02d:%02d", choice.Minute/60, choice.Minute%60)}))), nil
}
