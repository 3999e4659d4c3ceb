import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { queryClient } from "./api/queryClient";
import { App } from "./App";
import "./main.css";
import { BreakStop } from "./shell/Broken";
import { ThemeProvider } from "./shell/theme";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ThemeProvider>
        <BreakStop>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </BreakStop>
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
);
