import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

const elsewhere = "The keys of queries are written in src/api/queries; use those that its factories give.";

export default ts.config(
  { ignores: ["dist", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  hooks.configs.flat["recommended-latest"],
  {
    ignores: ["src/api/queries/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "Property[key.name='queryKey'] > ArrayExpression", message: elsewhere },
        { selector: "CallExpression[callee.property.name=/QueryData$/] > ArrayExpression", message: elsewhere },
      ],
    },
  },
);
