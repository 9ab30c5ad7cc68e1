package openai

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// longestReach is how long an endpoint may take to say that it is there.
const longestReach = 10 * time.Second

// Reach asks the endpoint at baseURL which models it has, which sends nobody's
// words and costs nothing, and returns the HTTP status; many answer 404, being
// there all the same. It goes where CheckEndpoint allows and follows no redirect.
func Reach(ctx context.Context, baseURL, key string) (status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, longestReach)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(baseURL, "/")+"/models", nil)
	if err != nil {
		return 0, ErrNoAddress // the cause would print the address
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	client := http.Client{Transport: transport(baseURL), CheckRedirect: refuseRedirect}
	defer client.CloseIdleConnections()
	resp, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}
