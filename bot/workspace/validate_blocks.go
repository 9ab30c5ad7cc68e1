package workspace

import (
	"net/url"
	"strconv"
)

func (c *checker) section(ptr string, b object) {
	_, hasText := b["text"]
	_, hasFields := b["fields"]
	if !hasText && !hasFields {
		c.fail(ptr, "missing required field: text or fields")
	}
	c.textObject(ptr, b, "text", false, 3000, "plain_text", "mrkdwn")
	if hasFields {
		for i, f := range c.list(ptr, b, "fields", 1, 10) {
			c.textValue(ptr+"/fields/"+strconv.Itoa(i), f, 2000, "plain_text", "mrkdwn")
		}
	}
	c.boolean(ptr, b, "expand")
	if v, given := b["accessory"]; given {
		c.element(ptr+"/accessory", v, inSection, map[string]bool{})
	}
}

func (c *checker) actions(ptr string, b object) {
	c.elements(ptr, b, 25, inActions)
}

func (c *checker) contextActions(ptr string, b object) {
	c.elements(ptr, b, 5, inContextActions)
}

// elements checks interactive elements whose action_ids must differ within the block.
func (c *checker) elements(ptr string, b object, most int, where elementParent) {
	ids := map[string]bool{}
	for i, e := range c.list(ptr, b, "elements", 1, most) {
		c.element(ptr+"/elements/"+strconv.Itoa(i), e, where, ids)
	}
}

func (c *checker) context(ptr string, b object) {
	for i, e := range c.list(ptr, b, "elements", 1, 10) {
		at := ptr + "/elements/" + strconv.Itoa(i)
		if o, _ := e.(object); o != nil && o["type"] == "image" {
			c.imageElement(at, o)
			continue
		}
		c.textValue(at, e, 3000, "plain_text", "mrkdwn")
	}
}

func (c *checker) header(ptr string, b object) {
	c.textObject(ptr, b, "text", true, 150, "plain_text")
	c.whole(ptr, b, "level", 1, 4)
}

func (c *checker) imageBlock(ptr string, b object) {
	c.textObject(ptr, b, "title", false, 2000, "plain_text")
	c.imageElement(ptr, b)
}

// imageElement checks what image blocks and image elements share.
func (c *checker) imageElement(ptr string, b object) {
	c.text(ptr, b, "alt_text", true, 2000)
	_, hasURL := b["image_url"]
	file, hasFile := b["slack_file"]
	switch {
	case hasURL == hasFile:
		c.fail(ptr, "must provide either image_url or slack_file")
	case hasURL:
		if t := c.text(ptr, b, "image_url", true, 3000); t != "" && !isWebURL(t) {
			c.fail(ptr+"/image_url", "must be a valid URL")
		}
	default:
		ref, ok := file.(object)
		if !ok {
			c.fail(ptr+"/slack_file", "must provide an object")
			return
		}
		if problem := c.imageFile(ref); problem != "" {
			c.fail(ptr+"/slack_file", "%s", problem)
			return
		}
		if id, _ := ref["id"].(string); id != "" {
			c.files = append(c.files, id)
		}
	}
}

func isWebURL(t string) bool {
	u, err := url.Parse(t)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func (c *checker) input(ptr string, b object) {
	c.textObject(ptr, b, "label", true, 2000, "plain_text")
	c.textObject(ptr, b, "hint", false, 2000, "plain_text")
	c.boolean(ptr, b, "optional")
	c.boolean(ptr, b, "dispatch_action")
	v, given := b["element"]
	if !given {
		c.fail(ptr, "missing required field: element")
		return
	}
	c.element(ptr+"/element", v, inInput, map[string]bool{})
}

func (c *checker) markdownBlock(ptr string, b object) {
	t := c.text(ptr, b, "text", true, 12_000)
	c.markdown += runes(t)
	if c.markdown > 12_000 && runes(t) <= 12_000 {
		c.fail(ptr+"/text", "all markdown blocks together must be less than 12001 characters")
	}
}

func (c *checker) alert(ptr string, b object) {
	c.textObject(ptr, b, "text", true, 3000, "plain_text", "mrkdwn")
	c.oneOf(ptr, b, "level", "default", "info", "warning", "error", "success")
}

var containerChildren = []string{"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table"}

func (c *checker) container(ptr string, b object) {
	_, rich := b["rich_text_title"]
	if _, plain := b["title"]; !plain && !rich {
		c.fail(ptr, "missing required field: title or rich_text_title")
	}
	c.textObject(ptr, b, "title", false, 150, "plain_text")
	c.textObject(ptr, b, "subtitle", false, 150, "plain_text", "mrkdwn")
	if rich {
		c.richTextValue(ptr+"/rich_text_title", b["rich_text_title"])
	}
	if icon, given := b["icon"]; given {
		if o, ok := icon.(object); ok {
			c.imageElement(ptr+"/icon", o)
		} else {
			c.fail(ptr+"/icon", "must provide an object")
		}
	}
	c.oneOf(ptr, b, "width", "narrow", "standard", "wide", "full")
	collapsible := c.boolean(ptr, b, "is_collapsible")
	if c.boolean(ptr, b, "default_collapsed") && !collapsible {
		c.fail(ptr+"/default_collapsed", "requires is_collapsible")
	}
	if c.boolean(ptr, b, "has_header_divider") && collapsible {
		c.fail(ptr+"/has_header_divider", "not allowed in a collapsible container")
	}
	for i, child := range c.list(ptr, b, "child_blocks", 1, 10) {
		c.block(ptr+"/child_blocks/"+strconv.Itoa(i), child, containerChildren)
	}
}
