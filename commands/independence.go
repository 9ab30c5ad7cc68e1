package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// servicesShown is how many services stand on a page.
const servicesShown = 10

// Independence lets an administrator say which services independence rules keep
// from clients that the office audits. Cards offer those no more.
type Independence struct {
	Revenue storage.Revenue
	Store   storage.Writer
}

// List answers `/klantbot diensten` and its page buttons, whose value is where
// the page begins.
func (c Independence) List(ctx context.Context, req Request) (Reply, error) {
	offset, err := strconv.Atoi(req.Value)
	if err != nil || offset < 0 {
		offset = 0
	}
	return c.page(ctx, req, offset)
}

// Forbid answers the button behind a service. Its value is the service, what it
// becomes, and the page it stood on, so that pressing twice is pressing once.
func (c Independence) Forbid(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	parts := strings.Split(req.Value, "/")
	if len(parts) != 3 {
		return Reply{}, analysis.Fail(analysis.NotFound, "storage.service.not_found", nil)
	}
	id, err := strconv.ParseInt(parts[0], 10, 64)
	offset, wrong := strconv.Atoi(parts[2])
	if err != nil || wrong != nil || offset < 0 {
		return Reply{}, analysis.Fail(analysis.NotFound, "storage.service.not_found", nil)
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "service.forbid", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.Forbid(ctx, analysis.ServiceID(id), parts[1] == "1")
	})
	if err != nil {
		return Reply{}, fmt.Errorf("forbid service %d: %w", id, err)
	}
	return c.page(ctx, req, offset)
}

func (c Independence) page(ctx context.Context, req Request, offset int) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	services, err := c.Revenue.Services(ctx)
	if err != nil {
		return Reply{}, fmt.Errorf("read the services: %w", err)
	}
	analysis.Sort(services, func(a, b analysis.Service) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	page := view.ServicesPage{Size: servicesShown, Listed: len(services)}
	page.Offset = min(offset, max(0, len(services)-1)/servicesShown*servicesShown)
	page.Rows = services[page.Offset:min(len(services), page.Offset+servicesShown)]
	return Say(view.Services(locale.New(req.Lang, req.Zone), page)), nil
}
