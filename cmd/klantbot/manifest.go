package main

import (
	"net/url"
	"strings"

	"klantbot/analysis"
	"klantbot/bot/slackhttp"
	"klantbot/commands"
)

type manifestCmd struct {
	HTTP string `arg:"--http" placeholder:"URL" help:"For HTTP instead of Socket Mode: where Slack reaches this server, https://klantbot.kantoor.nl."`
}

// Run prints the manifest, which is JSON with or without --json: it is made to
// be pasted at api.slack.com.
func (m *manifestCmd) Run(s *session) error {
	manifest := commands.New(commands.Needs{}).Manifest(s.lang)
	if m.HTTP != "" {
		at, err := reachedAt(m.HTTP)
		if err != nil {
			return err
		}
		manifest.Over(at)
	}
	return printJSON(s.out, manifest)
}

// reachedAt is where Slack finds everything below base, which Slack wants to be
// https.
func reachedAt(base string) (commands.Addresses, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return commands.Addresses{}, analysis.Fail(analysis.Invalid, "manifest.url", analysis.Args{"url": base})
	}
	return addressesAt(base), nil
}

// addressesAt are the addresses under base.
func addressesAt(base string) commands.Addresses {
	base = strings.TrimSuffix(base, "/")
	return commands.Addresses{Commands: base + slackhttp.Commands, Interactivity: base + slackhttp.Interactivity,
		Options: base + slackhttp.Options, Events: base + slackhttp.Events, Redirect: base + slackhttp.Redirect}
}
