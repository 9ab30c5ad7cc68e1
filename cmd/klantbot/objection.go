package main

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage/sqlstore"
)

type objectionCmd struct {
	Client   string `arg:"--client,required" placeholder:"NUMBER" help:"The client number."`
	Contact  string `arg:"--contact" placeholder:"NAME" help:"The contact person who objects, by full name or e-mail. Not given: who of them does is listed."`
	Withdraw bool   `arg:"--withdraw" help:"They object no more."`
}

// Run writes down an objection to profiling, where a contact person is given, and says
// who of a client's contact persons objects.
func (c *objectionCmd) Run(s *session) error {
	if c.Withdraw && c.Contact == "" {
		return analysis.Fail(analysis.Invalid, "objection.whose", nil)
	}
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	id, err := numbered(s, db, c.Client)
	if err != nil {
		return err
	}
	use := objectingOf(db)
	if c.Contact != "" {
		if err := use.Record(s.ctx, s.asOperator(), id, c.Contact, c.Withdraw); err != nil {
			return err
		}
	}
	people, err := use.Standing(s.ctx, s.asOperator(), id)
	if err != nil {
		return err
	}
	return c.report(s, people)
}

func objectingOf(db *sqlstore.DB) commands.Objecting {
	return commands.Objecting{Touching: commands.Touching{Clients: db, Store: db}, Objections: db}
}

// objectingJSON is a contact person in the output of objection.
type objectingJSON struct {
	Name    string  `json:"name"`
	Role    string  `json:"role"`
	Objects bool    `json:"objects"`
	Since   *string `json:"since"` // null: they do not
	By      *string `json:"by"`    // Slack user; empty: the operator
}

func (c *objectionCmd) report(s *session, people []commands.PersonObjecting) error {
	p := s.printer()
	if s.json {
		all := []objectingJSON{}
		for _, one := range people {
			j := objectingJSON{Name: one.Name, Role: one.Role, Objects: one.Stands}
			if one.Stands {
				since, by := analysis.DayOf(one.At.In(officeZone())).String(), string(one.By)
				j.Since, j.By = &since, &by
			}
			all = append(all, j)
		}
		return printJSON(s.out, map[string]any{"number": c.Client, "contacts": all})
	}
	if len(people) == 0 {
		_, err := fmt.Fprintln(s.out, p.T("objection.no_contacts", nil))
		return err
	}
	for _, one := range people {
		key, args := "objection.person_not", analysis.Args{"name": one.Name}
		if one.Stands {
			key, args["day"] = "objection.person", analysis.DayOf(one.At.In(officeZone()))
		}
		if _, err := fmt.Fprintln(s.out, p.T(key, args)); err != nil {
			return err
		}
	}
	return nil
}
