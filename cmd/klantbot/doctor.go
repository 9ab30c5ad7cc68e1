package main

import (
	"errors"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/storage/sqlstore"
)

type doctorCmd struct {
	Backups string `arg:"--backups" placeholder:"DIR" help:"Look at the newest backup in this folder."`
	Post    string `arg:"--post" placeholder:"USER" help:"Prove the metadata round trip with a message to this Slack user id or e-mail, taken away at once."`
}

// check is one line of what doctor says. The names are a promise.
type check struct {
	Name    string `json:"name"`
	OK      bool   `json:"ok"`
	Checked bool   `json:"checked"` // false: it could not be looked at, which is nobody's fault
	Message string `json:"message"`
	Todo    string `json:"todo"` // empty: nothing
}

// examination gathers the checks of one run.
type examination struct {
	*session
	p      *locale.Printer
	checks []check
	db     *sqlstore.DB // nil: it can not be read
}

// Run looks at everything that can be wrong, changes nothing, and fails where
// something is. Names, amounts, texts and tokens are not in what it says.
func (c *doctorCmd) Run(s *session) error {
	x := &examination{session: s, p: s.printer()}
	if x.database(); x.db != nil {
		defer x.db.Close()
	}
	x.trail()
	x.held()
	x.left()
	x.names()
	x.disk()
	x.backups(c.Backups)
	x.zone()
	x.slack(c.Post)
	x.model()
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	return x.report()
}

// say adds a check that found nothing wrong; key words it.
func (x *examination) say(name, key string, args analysis.Args) {
	x.checks = append(x.checks, check{Name: name, OK: true, Checked: true, Message: x.p.T(key, args)})
}

// warn adds one that could not be looked at, or that is well and could be better.
func (x *examination) warn(name, key, todo string, checked bool, args analysis.Args) {
	x.checks = append(x.checks, check{Name: name, OK: true, Checked: checked, Message: x.p.T(key, args), Todo: x.p.T(todo, args)})
}

// fail adds one that found something wrong; todo words what to do.
func (x *examination) fail(name, key, todo string, args analysis.Args) {
	x.checks = append(x.checks, check{Name: name, Message: x.p.T(key, args), Todo: x.p.T(todo, args)})
	x.checks[len(x.checks)-1].Checked = true
}

// broken is fail for an error.
func (x *examination) broken(name string, err error, todo string) {
	key, args := "error.technical", analysis.Args{"cause": err.Error()}
	var known *analysis.Error
	if errors.As(err, &known) {
		key, args = known.Key, known.Args
	}
	x.fail(name, key, todo, args)
}

// report prints the checks and returns an error where one of them failed.
func (x *examination) report() error {
	var wrong []string
	for _, c := range x.checks {
		if !c.OK {
			wrong = append(wrong, c.Name)
		}
	}
	var err error
	if len(wrong) > 0 {
		err = alreadyPrinted{analysis.Fail(analysis.Invalid, "doctor.unwell", analysis.Args{"checks": x.p.List(wrong)})}
	}
	if !x.json {
		x.print()
		return err
	}
	said := map[string]any{"ok": err == nil, "checks": x.checks}
	if err != nil {
		said["error"] = map[string]any{"kind": analysis.Invalid, "message": x.p.T("doctor.unwell", analysis.Args{"checks": x.p.List(wrong)})}
	}
	return errors.Join(err, printJSON(x.out, said))
}

// print writes the checks for people.
func (x *examination) print() {
	for _, c := range x.checks {
		mark := "✓"
		switch {
		case !c.OK:
			mark = "✗"
		case !c.Checked:
			mark = "–"
		}
		fmt.Fprintf(x.out, "%s %-10s %s\n", mark, c.Name, c.Message)
		if c.Todo != "" {
			fmt.Fprintf(x.out, "             → %s\n", c.Todo)
		}
	}
}

// hours is how long ago then was, in whole hours.
func hours(then time.Time) int { return int(wallTime().Sub(then).Hours()) }
