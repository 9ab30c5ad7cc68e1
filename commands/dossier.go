package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// Dossier hands out everything that is kept of a client, and forgets clients: what
// the law has an office do for who asks.
type Dossier struct {
	Kept    storage.Dossiers
	Clients storage.Clients
	Store   storage.Writer
}

// Export returns everything that is kept of client. That it was handed out is part
// of it.
func (c Dossier) Export(ctx context.Context, req Request, client analysis.ClientID) (storage.Dossier, error) {
	group, err := c.allowed(ctx, req, client)
	if err != nil {
		return storage.Dossier{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "client.export", Client: client, Group: group.ID}); err != nil {
		return storage.Dossier{}, err
	}
	d, err := c.Kept.Dossier(ctx, client)
	if err != nil {
		return d, fmt.Errorf("gather what is kept: %w", err)
	}
	return d, nil
}

// Forget forgets client, or with dry says what that would do.
func (c Dossier) Forget(ctx context.Context, req Request, client analysis.ClientID, dry bool) (storage.Forgetting, error) {
	if _, err := c.allowed(ctx, req, client); err != nil {
		return storage.Forgetting{}, err
	}
	line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "client.forget", Request: req.Key}
	return c.Kept.Forget(ctx, client, line, dry)
}

// ForgetColleague forgets what a colleague contributed, or with dry says what that would
// do.
func (c Dossier) ForgetColleague(ctx context.Context, req Request, user analysis.UserID, dry bool) (map[string]int, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return nil, refuse()
	}
	line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "colleague.forget", Request: req.Key}
	return c.Kept.ForgetColleague(ctx, user, line, dry)
}

func (c Dossier) allowed(ctx context.Context, req Request, client analysis.ClientID) (analysis.Group, error) {
	found, err := c.Clients.Client(ctx, client)
	if err != nil {
		return analysis.Group{}, err
	}
	group, err := c.Clients.Group(ctx, found.Group)
	if err != nil {
		return group, fmt.Errorf("read group %d: %w", found.Group, err)
	}
	if !analysis.Allow(req.Actor, analysis.ManageOffice, subject(group)) {
		return group, refuse()
	}
	return group, nil
}
