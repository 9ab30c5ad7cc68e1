// Package slackapi is the only client of Slack's Web API. It fulfils the ports
// that bot declares: it converts views to slack-go's types, paces calls by
// Slack's rates, honours Retry-After for each method, bounds every call in
// time, and tells apart what certainly did not arrive, what may have arrived
// and what Slack refuses.
//
// Reads are tried again; writes only when it is certain that nothing arrived.
// slack-go's own retries and its debug log stay off: the first can post twice,
// the second prints what people wrote.
package slackapi
