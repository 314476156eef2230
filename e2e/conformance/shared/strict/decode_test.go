package strict

import (
	"encoding/json"
	"fmt"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// lenient decodes itself, as some of upstream's types do.
type lenient struct {
	Size string `json:"size,omitempty"`
}

func (value *lenient) UnmarshalJSON(text []byte) error {
	type plain lenient
	return json.Unmarshal(text, (*plain)(value))
}

type object struct {
	Name     string           `json:"name,omitempty"`
	Count    int32            `json:"count,omitempty"`
	Interval *metav1.Duration `json:"interval,omitempty"`
	Parts    []lenient        `json:"parts,omitempty"`
}

func TestDecode(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{"name":"a","count":3,"interval":"1h","parts":[{"size":"1"}]}`, "[]"},
		{`{"name":"","count":0,"parts":[],"interval":null}`, "[]"},
		{`{"title":"a"}`, "[{title unknown field}]"},
		{`{"Name":"a"}`, "[{Name unknown field}]"},
		{`{"name":"a","name":"b"}`, "[{name duplicate field}]"},
		{`{"name":3}`, "[{name got a JSON number, wanted string}]"},
		{`{"count":"3"}`, "[{count got a JSON string, wanted int32}]"},
		{`{"count":3.5}`, "[{count got a JSON number 3.5, wanted int32}]"},
		{`{"interval":"3d"}`, `[{interval time: unknown unit "d" in duration "3d"}]`},
		{`{"parts":[{},{"size":1}],"count":"3","title":"a"}`,
			"[{parts[1].size got a JSON number, wanted string} {count got a JSON string, wanted int32} {title unknown field}]"},
		{`{"interval":"3d","count":"3"}`, `[{interval time: unknown unit "d" in duration "3d"} {count got a JSON string, wanted int32}]`},
		{`[]`, "[{ got a JSON array, wanted strict.object}]"},
		{`{"parts":[{"size":"1","Colour":"red"}]}`, "[{parts[0].Colour unknown field: the upstream type drops it}]"},
	} {
		if got := fmt.Sprint(Decode([]byte(test.text), &object{})); got != test.want {
			t.Errorf("%s: got %s, wanted %s", test.text, got, test.want)
		}
	}
}
