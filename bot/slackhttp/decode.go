package slackhttp

import (
	"encoding/json"
	"errors"
	"net/url"

	"klantbot/bot"
)

// decoder reads a body. Where Slack only asks whether we are there, said answers
// and the envelope has no kind.
type decoder func(body []byte) (e bot.Incoming, said []byte, err error)

var errUnreadable = errors.New("unreadable body")

// formOf reads a form of which every field stands there once.
func formOf(body []byte) (url.Values, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, errUnreadable
	}
	for _, values := range form {
		if len(values) != 1 {
			return nil, errUnreadable
		}
	}
	return form, nil
}

// command makes of a command's form the JSON that Socket Mode brings.
func command(body []byte) (bot.Incoming, []byte, error) {
	form, err := formOf(body)
	if err != nil {
		return bot.Incoming{}, nil, err
	}
	if form.Get("ssl_check") == "1" {
		return bot.Incoming{}, nil, nil
	}
	if form.Get("command") == "" {
		return bot.Incoming{}, nil, errUnreadable
	}
	fields := make(map[string]string, len(form))
	for name := range form {
		fields[name] = form.Get(name)
	}
	raw, err := json.Marshal(fields)
	return bot.Incoming{Kind: bot.KindCommand, Payload: raw}, nil, err
}

// interaction takes the payload out of its form.
func interaction(body []byte) (bot.Incoming, []byte, error) {
	form, err := formOf(body)
	if err != nil {
		return bot.Incoming{}, nil, err
	}
	payload := form.Get("payload")
	switch {
	case payload == "" && form.Get("ssl_check") == "1":
		return bot.Incoming{}, nil, nil
	case !json.Valid([]byte(payload)):
		return bot.Incoming{}, nil, errUnreadable
	}
	return bot.Incoming{Kind: bot.KindInteractive, Payload: []byte(payload)}, nil, nil
}

// longestChallenge is far more than the 50 characters that Slack's have.
const longestChallenge = 500

// event takes an event, or Slack's question whether this address is ours.
func event(body []byte) (bot.Incoming, []byte, error) {
	var p struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if err := json.Unmarshal(body, &p); err != nil {
		return bot.Incoming{}, nil, errUnreadable
	}
	if p.Type == "url_verification" {
		if p.Challenge == "" || len(p.Challenge) > longestChallenge {
			return bot.Incoming{}, nil, errUnreadable
		}
		return bot.Incoming{}, []byte(p.Challenge), nil
	}
	return bot.Incoming{Kind: bot.KindEvent, Payload: body}, nil, nil
}
