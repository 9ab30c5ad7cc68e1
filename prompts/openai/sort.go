package openai

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"klantbot/prompts"
)

// batch is the most answers of one call; with more, models skip some.
const batch = 40

// longestAnswer is the most characters of an answer that is sent.
const longestAnswer = 4_000

// item is what the model says of one answer.
type item struct {
	ID       prompts.ID       `json:"id"`
	Theme    string           `json:"theme"`
	Polarity prompts.Polarity `json:"polarity"`
	Quote    string           `json:"quote"`
}

// sent is an answer or quote as the model sees it.
type sent struct {
	ID   prompts.ID `json:"id"`
	Text string     `json:"text"`
}

// choose returns the answers that are sent, as the model sees them: those quoted
// offline first, then the others in order, as far as half of the job's tokens go.
func (j *job) choose() []sent {
	quoted, skip := map[prompts.ID]bool{}, map[prompts.ID]bool{}
	for _, q := range j.plain.Quotes {
		quoted[q.ID] = true
	}
	for _, l := range j.plain.LeftOut {
		skip[l.ID] = l.Reason != prompts.NoRoom
	}
	for _, f := range j.plain.Findings {
		for _, m := range f.Mentions {
			j.themes[m.ID] = append(j.themes[m.ID], f.Theme)
		}
	}
	answers := slices.Clone(j.ask.Answers)
	slices.SortStableFunc(answers, func(a, b prompts.Answer) int {
		switch {
		case quoted[a.ID] == quoted[b.ID]:
			return 0
		case quoted[a.ID]:
			return -1
		}
		return 1
	})
	var chosen []sent
	room := j.tokens / 2
	for _, a := range answers {
		if skip[a.ID] || utf8.RuneCountInString(a.Text) > longestAnswer {
			continue
		}
		if room -= estimate(a.Text) + 20; room < 0 {
			break
		}
		m := j.mask.Mask(a.Text)
		j.masked[a.ID] = m
		chosen = append(chosen, sent{a.ID, prompts.Clean(m.Text)})
	}
	return chosen
}

// sortAll has the answers sorted, 40 a call. Of those the model skipped, invented
// a quote for or changed a placeholder in, nothing is used.
func (j *job) sortAll(ctx context.Context, chosen []sent) (map[prompts.ID]item, error) {
	names := make([]string, 0, len(j.ask.Themes)+1)
	for _, f := range j.plain.Findings {
		names = append(names, f.Theme)
	}
	sorted := map[prompts.ID]item{}
	for part := range slices.Chunk(chosen, batch) {
		found, err := j.sortBatch(ctx, part, names)
		if err != nil {
			return nil, err
		}
		if missing := slices.DeleteFunc(slices.Clone(part), func(s sent) bool { _, ok := found[s.ID]; return ok }); len(missing) > 0 {
			again, err := j.sortBatch(ctx, missing, names)
			if err != nil {
				return nil, err
			}
			for id, i := range again {
				found[id] = i
			}
		}
		for id, i := range found {
			sorted[id] = i
		}
	}
	return sorted, nil
}

func (j *job) sortBatch(ctx context.Context, part []sent, themes []string) (map[prompts.ID]item, error) {
	var answer struct {
		Items []item `json:"items"`
	}
	if err := j.call(ctx, j.sort, part, map[string]any{"Themes": strings.Join(themes, ", ")}, &answer); err != nil {
		return nil, err
	}
	asked := map[prompts.ID]sent{}
	for _, s := range part {
		asked[s.ID] = s
	}
	found := map[prompts.ID]item{}
	for _, i := range answer.Items {
		from, known := asked[i.ID]
		if !known {
			return nil, reason("unknown id")
		}
		start, end, ok := prompts.Locate(from.Text, i.Quote)
		if !ok {
			continue // invented, or a placeholder in it was changed
		}
		i.Quote = from.Text[start:end]
		if slices.Contains(themes, i.Theme) && !slices.Contains(j.themes[i.ID], i.Theme) {
			j.themes[i.ID] = append(j.themes[i.ID], i.Theme)
		}
		found[i.ID] = i
	}
	return found, nil
}

// call renders a prompt around what is sent, between delimiters nobody can guess,
// and reads the answer; from the cache where the same was asked before.
func (j *job) call(ctx context.Context, p prompts.Prompt, what []sent, fill map[string]any, into any) error {
	payload, err := json.Marshal(what)
	if err != nil {
		return reason("encode")
	}
	fill["Answers"], fill["Open"], fill["Close"] = string(payload), "BEGIN", "EINDE"
	key, err := j.key(p, fill)
	if err != nil {
		return err
	}
	if content, ok := j.cached(ctx, key); ok && decode(content, into) == nil {
		return nil
	}
	for attempt := 0; ; attempt++ {
		content, err := j.request(ctx, p, fill)
		if err == nil {
			err = decode(content, into)
		}
		if err == nil {
			j.fresh[key] = content
			return nil
		}
		if attempt == 1 || !again(err) {
			return err
		}
	}
}

// again says whether the same question may well be answered the second time: what
// broke is one answer, not the endpoint.
func again(err error) bool {
	switch reasonOf(err) {
	case "broken", "empty", "json", "unfinished":
		return true
	}
	return false
}

// request asks the model itself.
func (j *job) request(ctx context.Context, p prompts.Prompt, fill map[string]any) (string, error) {
	mark := j.ports.Nonce()
	fill["Open"], fill["Close"] = "<<<"+mark, mark+">>>"
	text, err := p.Render(fill)
	if err != nil {
		return "", reason("prompt")
	}
	if j.tokens -= estimate(text); j.tokens < 0 {
		return "", reason("job budget")
	}
	return j.client.ask(ctx, prompts.Call{By: j.ask.By}, p, text)
}
