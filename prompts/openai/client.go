package openai

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hashicorp/go-retryablehttp"
	sdk "github.com/sashabaranov/go-openai"

	"klantbot/prompts"
)

// callError is why a call or job came to nothing, in a word that may be shown and
// stored. It never wraps what the endpoint sent.
type callError struct {
	word     string
	endpoint bool // the endpoint's fault: counts for the breaker
}

func (e *callError) Error() string { return "openai: " + e.word }

func reason(word string) error { return &callError{word: word} }

func endpointFault(word string) error { return &callError{word: word, endpoint: true} }

func reasonOf(err error) string {
	var known *callError
	if errors.As(err, &known) {
		return known.word
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "timeout"
	}
	return "failed"
}

// client makes one call after another.
type client struct {
	config Config
	ports  Ports
	api    *sdk.Client
}

func newClient(c Config, p Ports) *client {
	retrying := retryablehttp.NewClient()
	retrying.Logger = nil // it prints addresses
	retrying.RetryMax = c.Retries
	retrying.RetryWaitMin, retrying.RetryWaitMax = c.Pause, 10*time.Second
	retrying.ErrorHandler = retryablehttp.PassthroughErrorHandler // else the API's error is lost
	retrying.CheckRetry = worthRetrying
	retrying.HTTPClient.Timeout = c.Call // the default has none
	retrying.HTTPClient.CheckRedirect = refuseRedirect
	retrying.HTTPClient.Transport = c.Transport
	if c.Transport == nil {
		retrying.HTTPClient.Transport = transport(c.BaseURL)
	}
	config := sdk.DefaultConfig(c.Key)
	config.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	standard := retrying.StandardClient() // a client of its own around the retrying one
	standard.CheckRedirect = refuseRedirect
	config.HTTPClient = limited{standard}
	return &client{config: c, ports: p, api: sdk.NewClientWithConfig(config)}
}

// refuseRedirect gives whoever asked the redirect itself.
func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// worthRetrying is retryablehttp's policy, but does not wait past the deadline for
// an endpoint that says how long it wants to be left alone.
func worthRetrying(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if resp != nil {
		if seconds, bad := strconv.Atoi(resp.Header.Get("Retry-After")); bad == nil {
			if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < time.Duration(seconds)*time.Second {
				return false, nil
			}
		}
	}
	return retryablehttp.DefaultRetryPolicy(ctx, resp, err)
}

// longestBody bounds what is read of an answer.
const longestBody = 4 << 20

// limited reads no more of a body than any answer needs, and takes a redirect for
// the failure that it is.
type limited struct{ next *http.Client }

func (l limited) Do(r *http.Request) (*http.Response, error) {
	// #nosec G704 -- the operator names the endpoint, and its addresses are checked when it is dialled
	resp, err := l.next.Do(r)
	if err == nil && resp.StatusCode/100 == 3 {
		resp.Body.Close()
		return nil, endpointFault("http " + strconv.Itoa(resp.StatusCode))
	}
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, longestBody), resp.Body}
	}
	return resp, err
}

// estimate is how many tokens a text is, at most: Dutch has some four characters a
// token.
func estimate(text string) int { return utf8.RuneCountInString(text)/3 + 1 }

// ask has the model answer text as p.Schema says, on behalf of whom call names.
func (c *client) ask(ctx context.Context, call prompts.Call, p prompts.Prompt, text string) (string, error) {
	need := estimate(text)
	if c.ports.Budget != nil {
		if ok, err := c.ports.Budget.Spend(ctx, need); err != nil || !ok {
			return "", reason("budget")
		}
	}
	began := c.ports.Now()
	resp, err := c.api.CreateChatCompletion(ctx, c.request(p, text))
	content, err := verdict(resp, err, need)
	if c.ports.Audit != nil {
		word := "ok"
		if err != nil {
			word = reasonOf(err)
		}
		// The audit is kept also when the deadline of the call has passed.
		call.Purpose, call.Model, call.Verdict, call.Took = p.Name, c.config.Model, word, c.ports.Now().Sub(began)
		call.Input, call.Output = resp.Usage.PromptTokens, resp.Usage.CompletionTokens
		if c.ports.Audit.Called(context.WithoutCancel(ctx), call) != nil {
			return "", reason("audit")
		}
	}
	return content, err
}

// mostAnswer is the most tokens a call may write.
const mostAnswer = 6_000

func (c *client) request(p prompts.Prompt, text string) sdk.ChatCompletionRequest {
	r := sdk.ChatCompletionRequest{
		Model:    c.config.Model,
		Messages: []sdk.ChatCompletionMessage{{Role: sdk.ChatMessageRoleUser, Content: text}},
		ResponseFormat: &sdk.ChatCompletionResponseFormat{Type: sdk.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &sdk.ChatCompletionResponseFormatJSONSchema{Name: "answer", Schema: json.RawMessage(p.Schema), Strict: true}},
	}
	if reasons(c.config.Model) {
		r.MaxCompletionTokens = mostAnswer // these refuse the other two
		return r
	}
	//lint:ignore SA1019 Ollama, vLLM and older deployments know no other.
	r.MaxTokens = mostAnswer
	r.Temperature = math.SmallestNonzeroFloat32 // 0 would not be sent
	return r
}

func reasons(model string) bool {
	for _, prefix := range []string{"gpt-5", "o1", "o3", "o4"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}

// verdict judges what came back, before anything of it is read.
func verdict(resp sdk.ChatCompletionResponse, err error, need int) (string, error) {
	var known *callError
	var api *sdk.APIError
	var request *sdk.RequestError
	var network net.Error
	switch {
	case errors.As(err, &known):
		return "", known
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout():
		return "", endpointFault("timeout")
	case errors.As(err, &api):
		return "", endpointFault("http " + strconv.Itoa(api.HTTPStatusCode))
	case errors.As(err, &request): // its Error prints the whole body
		return "", endpointFault("http " + strconv.Itoa(request.HTTPStatusCode))
	case err != nil:
		return "", endpointFault("broken")
	case len(resp.Choices) == 0:
		return "", endpointFault("empty")
	case resp.Choices[0].FinishReason != sdk.FinishReasonStop:
		return "", reason("unfinished")
	case resp.Usage.PromptTokens > 0 && 2*resp.Usage.PromptTokens < need:
		// Some servers silently drop what is over their context length.
		return "", reason("truncated")
	}
	return resp.Choices[0].Message.Content, nil
}

// decode reads the JSON of an answer, also out of a Markdown fence.
func decode(content string, into any) error {
	content = strings.TrimSpace(content)
	if rest, fenced := strings.CutPrefix(content, "```"); fenced {
		rest = strings.TrimPrefix(rest, "json")
		content, _, _ = strings.Cut(rest, "```")
	}
	if json.Unmarshal([]byte(content), into) != nil {
		return reason("json")
	}
	return nil
}
