// CloudFront function, viewer-request, runtime cloudfront-js-2.0.
//
// Sends viewers of a directory to its address with a slash: /docs becomes /docs/, so that relative links in its page
// lead where they should. The query string is kept. Goes well with index-rewrite.js: put both in one function, this one
// first, as a cache behavior can have only one function for viewer requests.

// 301 is remembered by browsers for long: try with 302 first.
const STATUS = 301;
const DESCRIPTIONS = { 301: "Moved Permanently", 302: "Found", 307: "Temporary Redirect", 308: "Permanent Redirect" };
// Below this path names have no extension and are files all the same (RFC 8615).
const WELL_KNOWN = "/.well-known/";

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (!reads || uri.endsWith("/") || uri.startsWith(WELL_KNOWN) || hasExtension(uri)) return request;
  return {
    statusCode: STATUS,
    statusDescription: DESCRIPTIONS[STATUS],
    headers: { location: { value: onThisHost(uri + "/") + queryOf(request.querystring) } },
  };
}

// A location that begins with two slashes, or with a slash and a backslash, leads to another host.
function onThisHost(uri) {
  return "/" + uri.replace(/^[/\\]+/, "");
}

// Only the last segment counts: directories may have dots (/v1.2/docs). An extension has a letter (.html, .mp4, .7z),
// so that /v1.2 is a directory; a dot at the front is no extension (/.git).
function hasExtension(uri) {
  const name = uri.slice(uri.lastIndexOf("/") + 1).replace(/%2e/gi, ".");
  return /[^.]\.[a-z0-9]*[a-z][a-z0-9]*$/i.test(name);
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
