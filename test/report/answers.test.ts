import { expect, test } from "vitest";
import { answersText } from "../../src/report/answers.ts";
import { plainStyler } from "../../src/report/styler.ts";

test("who asks, and which Region answers", () => {
  const rows = [
    { name: "shop.example.com", client: "eu-west-1", region: "us-east-1", target: "d-1.example." },
    { name: "shop.example.com", client: "us-west-2", region: undefined, target: undefined },
  ];
  expect(answersText(rows, plainStyler)).toBe(`client near  asks for          is answered by  at
eu-west-1    shop.example.com  us-east-1       d-1.example.
us-west-2    shop.example.com  nobody`);
});
