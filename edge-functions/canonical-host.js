// CloudFront function, viewer-request, runtime cloudfront-js-2.0.
//
// Sends viewers of any other name of the distribution (such as example.com, or d111111abcdef8.cloudfront.net) to the
// canonical one, with the same path and query string.

// Without a port, in lower case.
const CANONICAL_HOST = "www.example.com";

function handler(event) {
  const request = event.request;
  const header = request.headers.host;
  // HTTP/1.0 has no host header: there is nothing to compare, and no other name to be sent from.
  if (!header || nameOf(header.value) === CANONICAL_HOST) return request;
  // 301 may turn a POST into a GET; 308 does not.
  const reads = request.method === "GET" || request.method === "HEAD";
  return {
    statusCode: reads ? 301 : 308,
    statusDescription: reads ? "Moved Permanently" : "Permanent Redirect",
    headers: {
      location: { value: "https://" + CANONICAL_HOST + request.uri + queryOf(request.querystring) },
    },
  };
}

// Names do not differ by case, by a dot at the end, or by the port.
function nameOf(host) {
  return host.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
}

// Keys and values are still encoded as the viewer wrote them. A key that is there several times has all its values.
function queryOf(querystring) {
  const parts = [];
  Object.keys(querystring).forEach(function (key) {
    const entry = querystring[key];
    (entry.multiValue || [entry]).forEach(function (each) {
      parts.push(each.value === "" ? key : key + "=" + each.value);
    });
  });
  return parts.length === 0 ? "" : "?" + parts.join("&");
}
