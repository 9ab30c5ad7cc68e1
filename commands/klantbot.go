package commands

import (
	"context"
	"strings"
)

// klantbot routes the words after /klantbot.
func (w wired) klantbot(help Help) UseCase {
	stranded, asked := Stranded{Ledger: w.n.Stranded, Store: w.n.Writer}, Asked{Kept: w.n.Questions, Store: w.n.Writer}
	return func(ctx context.Context, req Request) (Reply, error) {
		switch strings.ToLower(clean(req.Text)) {
		case "relatiegroepen", "groepen", "groups":
			return w.groups.List(ctx, req)
		case "status":
			return stranded.Show(ctx, req)
		case "vragen", "questions", "asked":
			return asked.Show(ctx, req)
		case "weekbericht", "digest":
			return w.digest.Settings(ctx, req)
		case "instellingen", "settings":
			return w.config.Open(ctx, req)
		case "diensten", "services":
			return w.independence.List(ctx, req)
		case "plan", "aandachtsplan", "attention plan":
			return w.plan.Open(ctx, req)
		case "toegang", "rollen", "rechten", "access", "roles":
			return w.access.Open(ctx, req)
		case "taalmodel", "model", "ai", "language model":
			return w.n.Model.Open(ctx, req)
		}
		return help.Show(ctx, req)
	}
}
