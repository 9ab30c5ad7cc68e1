package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/view"
)

// via is by what a client was found, as the ledger keeps it: the id of a contact person,
// viaGroup, or 0 where its own name says it. The name of it is nowhere in a row.
type via int64

const viaGroup via = -1

// viaOf are by what candidates were found. Who is no contact person any more is nothing.
func (c Conversation) viaOf(ctx context.Context, candidates []view.Candidate) ([]via, error) {
	all := make([]via, len(candidates))
	for i, one := range candidates {
		switch one.Via {
		case "":
			continue
		case one.Group:
			all[i] = viaGroup
			continue
		}
		persons, err := c.personsAt(ctx, one.Client)
		if err != nil {
			return nil, err
		}
		for _, person := range persons {
			if strings.Join(strings.Fields(person.Name), " ") == one.Via && (all[i] == 0 || person.Client == one.Client) {
				all[i] = via(person.ID)
			}
		}
	}
	return all, nil
}

// named adds to each of candidates by what it was found, as that is called now.
func (c Conversation) named(ctx context.Context, s saying, candidates []view.Candidate) error {
	by := make(map[analysis.ClientID]via, len(s.via))
	for i, v := range s.via[:min(len(s.via), len(s.found))] {
		by[s.found[i]] = v
	}
	for i, one := range candidates {
		switch v := by[one.Client]; v {
		case 0:
		case viaGroup:
			candidates[i].Via = one.Group
		default:
			persons, err := c.personsAt(ctx, one.Client)
			if err != nil {
				return err
			}
			for _, person := range persons {
				if person.ID == analysis.ContactID(v) {
					candidates[i].Via = strings.Join(strings.Fields(person.Name), " ")
				}
			}
		}
	}
	return nil
}

// personsAt are the contact persons of the relatiegroep of a client.
func (c Conversation) personsAt(ctx context.Context, id analysis.ClientID) ([]analysis.Contact, error) {
	client, err := c.Client.Cards.Clients.Client(ctx, id)
	if err != nil {
		if analysis.KindOf(err) == analysis.NotFound {
			return nil, nil
		}
		return nil, fmt.Errorf("read client %d: %w", id, err)
	}
	persons, err := c.Client.Cards.Clients.Contacts(ctx, client.Group)
	if err != nil {
		return nil, fmt.Errorf("read the contact persons of group %d: %w", client.Group, err)
	}
	return persons, nil
}

// viaWords writes what viaOf returned for the ledger; empty where there is nothing.
func viaWords(all []via) string {
	words, some := make([]string, len(all)), false
	for i, v := range all {
		words[i], some = strconv.FormatInt(int64(v), 10), some || v != 0
	}
	if !some {
		return ""
	}
	return strings.Join(words, ".")
}

// readVia is the other way; what is no number is nothing.
func readVia(words string) (all []via) {
	if words == "" {
		return nil
	}
	for part := range strings.SplitSeq(words, ".") {
		n, _ := strconv.ParseInt(part, 10, 64)
		all = append(all, via(n))
	}
	return all
}
